// Typed words survive: a form with data-draft="name" is kept in this tab until it has been taken by the server.
// Passwords, files and hidden fields are never kept; another person's drafts, and everybody's at sign-out, are thrown away.
const PREFIX = "draft:";
const owner = document.body.dataset.owner ?? "";
const keyOf = (form) => `${PREFIX}${location.pathname}#${form.dataset.draft}`;
const KEPT = "input:not([type=password],[type=file],[type=hidden],[type=submit]), textarea, select";

function forget(which) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && which(JSON.parse(sessionStorage[key]))) sessionStorage.removeItem(key);
  }
}

function values(form) {
  return [...form.querySelectorAll(KEPT)]
    .filter((field) => field.name)
    .map((field) => [field.name, field.type === "select-multiple" ? [...field.selectedOptions].map((o) => o.value) : field.value, field.checked]);
}

function keep(form, sent = false) {
  sessionStorage[keyOf(form)] = JSON.stringify({ owner, sent, values: values(form) });
}

function put(field, value, checked) {
  if (field.type === "checkbox" || field.type === "radio") field.checked = checked;
  else if (field.type === "select-multiple") for (const option of field.options) option.selected = value.includes(option.value);
  else field.value = value;
}

function restore(form) {
  const draft = JSON.parse(sessionStorage[keyOf(form)] ?? "null");
  if (!draft) return;
  const fields = [...form.querySelectorAll(KEPT)].filter((field) => field.name);
  const before = JSON.stringify(values(form));
  for (const [name, value, checked] of draft.values) {
    const index = fields.findIndex((field) => field.name === name && (!/checkbox|radio/.test(field.type) || field.value === value));
    if (index >= 0) put(fields.splice(index, 1)[0], value, checked);
  }
  const note = form.querySelector("[data-draft-note]");
  if (note && JSON.stringify(values(form)) !== before) note.hidden = false;
}

function discard(form) {
  sessionStorage.removeItem(keyOf(form));
  form.reset();
  form.querySelector("[data-draft-note]").hidden = true;
}

export function startDrafts() {
  const forms = [...document.querySelectorAll("form[data-draft]")];
  // Signing in, or proving that it is still oneself, stands between a form and its answer: nothing was taken yet.
  const between = !owner || document.body.hasAttribute("data-between");
  if (!between) {
    const here = forms.map(keyOf);
    forget((draft) => draft.owner && draft.owner !== owner);
    // A page without the form came back, or one that says what was done: it was taken.
    const done = document.querySelector("#notices .notice-good") !== null;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(PREFIX) && (done || !here.includes(key)) && JSON.parse(sessionStorage[key]).sent) sessionStorage.removeItem(key);
    }
  }
  for (const form of forms) {
    restore(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("submit", () => keep(form, true));
    form.querySelector("[data-draft-discard]")?.addEventListener("click", () => discard(form));
  }
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => forget(() => true));
  // Leaving with words that no draft holds (a chosen file) asks first.
  window.addEventListener("beforeunload", (event) => {
    const chosen = document.querySelector("form[data-ask-leaving]:not([data-sent]) input[type=file]");
    if (chosen?.files.length) event.preventDefault();
  });
}
