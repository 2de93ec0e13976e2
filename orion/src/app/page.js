// Loads a page again that an older build of the application made: once, and only when nobody would notice.
//
// The stream says that there is a newer build, and after what time of its own this page may come back. From then on the page waits
// until it holds no draft, until nobody is about to write, and until no dialog is open. So nothing that was typed has to be saved
// and put back: it is sent from the page that it was typed into.

const fields = 'input, textarea, select, [contenteditable]';
const toggles = '[type=checkbox], [type=radio]';
const texts = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]), textarea, [contenteditable]';

// What a field holds, and what the server last put there.
const held = (field) =>
  field.isContentEditable ? field.innerHTML : field.matches(toggles) ? field.checked : field.value;
const rendered = (field) =>
  field.matches('select') ? (field.querySelector('[selected]') ?? field.options[0])?.value
    : field.matches(toggles) ? field.defaultChecked : field.defaultValue;

// What fields held before somebody changed them.
const before = new Map();
const remember = ({ target }) => {
  const field = target.closest?.('label')?.control ?? target.closest?.(fields);
  if (!field || before.has(field)) return;
  for (const gone of [...before.keys()].filter((field) => !field.isConnected)) before.delete(gone);
  before.set(field, held(field));
};
for (const type of ['focusin', 'pointerdown', 'keydown']) addEventListener(type, remember, true);

// When somebody last did something; whoever did goes on for so long, in milliseconds.
let acted = 0;
const PAUSE = 2000;
for (const type of ['pointerdown', 'keydown', 'input']) {
  addEventListener(type, () => { acted = Date.now(); }, { capture: true, passive: true });
}

// A field that somebody changed and that was not sent: then it would be empty again, or as the server has it now.
const isDraft = ([field, value]) =>
  field.isConnected && held(field) !== value && held(field) !== rendered(field);
const isWrittenIn = () => document.hasFocus() && document.activeElement?.matches(texts);
const isBusy = () =>
  Math.abs(Date.now() - acted) < PAUSE || [...before].some(isDraft) || isWrittenIn() || document.querySelector('dialog[open]');

// For which build this tab was loaded again. Should that not help, because somebody keeps old pages, it is not tried for ever.
const BUILD = 'orion-build';
// Where the focus was, for whoever uses the keyboard.
const FOCUS = 'orion-focus';

// Fails where the browser keeps nothing: there, once cannot be promised.
const storage = (() => { try { return sessionStorage; } catch { return null; } })();

const loadAgain = (build) => {
  storage.setItem(BUILD, build);
  storage.setItem(FOCUS, document.activeElement?.id ?? '');
  location.reload();
};
const focused = storage?.getItem(FOCUS);
if (focused) {
  storage.removeItem(FOCUS);
  document.getElementById(focused)?.focus();
}

let due = false;
document.addEventListener('datastar-fetch', ({ detail: { type, argsRaw } }) => {
  if (type !== 'datastar-build' || due || !storage || storage.getItem(BUILD) === argsRaw.id) return;
  due = true;
  setTimeout(() => {
    // For style sheets, and for whoever wants to say so.
    document.documentElement.dataset.orionOutdated = '';
    const waiting = setInterval(() => {
      if (isBusy()) return;
      clearInterval(waiting);
      loadAgain(argsRaw.id);
    }, 250);
  }, Number(argsRaw.after));
});
