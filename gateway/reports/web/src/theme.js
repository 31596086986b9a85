// Dark or light: as the system says, until somebody chooses.
const KEY = "agent-strace:theme";
const NEXT = { __proto__: null, auto: "dark", dark: "light", light: "auto" };

/** What a browser keeps for us between visits; "" where it keeps nothing. */
export function kept(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Kept nowhere: the page still works, it only forgets.
  }
}

export function theme() {
  return kept(KEY) in NEXT ? kept(KEY) : "auto";
}

export function setTheme(name) {
  if (name === "auto") document.documentElement.removeAttribute("data-theme");
  else document.documentElement.dataset.theme = name;
  keep(KEY, name);
  return name;
}

export function nextTheme(name) {
  return setTheme(NEXT[name]);
}

/** The colours of the page now, for what is drawn and not styled. */
export function colours(names) {
  const probe = document.createElement("span");
  document.body.append(probe);
  const found = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return found;
}
