/* Contains . . Licence texts: LICENCES.txt of agent-strace. */
(()=>{})();
