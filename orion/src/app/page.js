// Loads a page again that an older build of the application made: once, and only when nobody would notice.
//
// The stream says that there is a newer build, and after what time of its own this page may come back. From then on the page waits
// until it holds no draft, until nobody is about to write, and until no dialog is open. So nothing that was typed has to be saved
// and put back: it is sent from the page that it was typed into.

// What was done last, in milliseconds; and whoever did something goes on for so long.
let acted = 0;
const PAUSE = 2000;

// What fields held before somebody changed them.
const before = new Map();
const held = (field) =>
  field.isContentEditable ? field.innerHTML : /^(checkbox|radio)$/.test(field.type) ? field.checked : field.value;
const remember = ({ target }) => {
  for (const field of before.keys()) field.isConnected || before.delete(field);
  before.has(target) || before.set(target, held(target));
};

const changes = 'input, textarea, select, [contenteditable]';
addEventListener('focusin', (event) => event.target.matches(changes) && remember(event), true);
addEventListener('beforeinput', remember, true);
for (const type of ['keydown', 'pointerdown', 'input', 'change']) {
  addEventListener(type, () => { acted = Date.now(); }, { capture: true, passive: true });
}

const holdsDraft = () => [...before].some(([field, value]) => field.isConnected && held(field) !== value);
const isWrittenIn = () => document.hasFocus() && document.activeElement?.matches(changes);
const isBusy = () =>
  Date.now() - acted < PAUSE || holdsDraft() || isWrittenIn() || document.querySelector('dialog[open]');

// For which builds this tab was loaded again. Should that not help, because somebody keeps old pages, it is not tried for ever.
const KEY = 'orion-build';

let due = false;
document.addEventListener('datastar-fetch', ({ detail: { type, argsRaw } }) => {
  if (type !== 'datastar-build' || due) return;
  try {
    if (sessionStorage.getItem(KEY) === argsRaw.id) return;
  } catch {
    // Where nothing can be remembered, once cannot be promised.
    return;
  }
  due = true;
  setTimeout(() => {
    // For style sheets, and for whoever wants to say so.
    document.documentElement.dataset.orionOutdated = '';
    const waiting = setInterval(() => {
      if (isBusy()) return;
      clearInterval(waiting);
      sessionStorage.setItem(KEY, argsRaw.id);
      location.reload();
    }, 250);
  }, Number(argsRaw.after));
});
