"""Options of Windows' programs. See the package for how a specification is written. Pure data."""

from __future__ import annotations

OPTIONS: dict[str, str] = {}
"""Program, or program and sub-command -> what it takes, exactly."""

_LOOSE: dict[str, str] = {
    # what the readers of cmdlets take in common
    "get-content": (
        "-path=text -literalpath=text -filepath=text -filter=text -include=text -exclude=text -encoding=text"
        " -value=text -itemtype=text -erroraction=text -ea=text -destination=text -destinationpath=text"
        " -totalcount=text -tail=text -newname=text -pattern=text -depth=text -uri=text -outfile=text -infile=text"
        " -body=text -method=text -headers=text -contenttype=text -argumentlist=text -verb=text -windowstyle=text"
        " -workingdirectory=text -source=text -credential=text -useragent=text -computername=text -scriptblock=text"
        " -inputobject=text"
    ),
}

LOOSE = {name: text for names, text in _LOOSE.items() for name in names.split()}
"""Program -> what it, its sub-commands or the programs like it take."""
