// What every page may lean on. Each part works by data attributes and is missed by nobody when scripts are off.
import "htmx.org/dist/htmx.esm.js";
import { startDrafts } from "./drafts.js";

const all = (selector, root = document) => root.querySelectorAll(selector);
const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// Menus are <details>: they close on Escape, on a click elsewhere, and when the focus moves on.
function closeMenus(except) {
  for (const menu of all("details[data-menu][open]")) if (!menu.contains(except)) menu.open = false;
}

function onKey(event) {
  const menu = event.key === "Escape" && closest(event, "details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}

function showPassword(button) {
  const input = document.getElementById(button.dataset.showPassword);
  const shown = input.type === "password";
  input.type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", String(shown));
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copy);
  field.select();
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  button.setAttribute("aria-live", "polite");
  button.querySelector("span").textContent = button.dataset.done;
}

// The look changes at once; the form is sent all the same, so that the choice is kept. The page is not loaded again.
async function chooseTheme(event, form) {
  event.preventDefault();
  const chosen = event.submitter;
  document.documentElement.dataset.bsTheme = chosen.value;
  for (const button of all("button", form)) button.setAttribute("aria-pressed", String(button === chosen));
  const meta = document.querySelector("meta[name=color-scheme]");
  meta.content = ["light", "dark"].includes(chosen.value) ? chosen.value : "light dark";
  const body = new URLSearchParams(new FormData(form, chosen));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => null);
  if (!answer || answer.status >= 400) form.submit();
}

// A second press while the first is on its way does nothing. Coming back by the Back button frees the form.
function onSubmit(event) {
  const form = event.target;
  if (form.matches("[data-theme-choice]")) return void chooseTheme(event, form);
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) setTimeout(() => lock(button));
}

// A button may say what takes its time: data-busy="Loading the demo…".
function lock(button) {
  button.setAttribute("aria-disabled", "true");
  if (!button.dataset.busy) return;
  button.dataset.idle = button.textContent;
  button.textContent = button.dataset.busy;
}

function free() {
  for (const form of all("form[data-sent]")) delete form.dataset.sent;
  for (const button of all("button[aria-disabled]")) {
    button.removeAttribute("aria-disabled");
    if (button.dataset.idle) button.textContent = button.dataset.idle;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const shower = closest(event, "[data-show-password]");
  const copier = closest(event, "[data-copy]");
  if (shower) showPassword(shower);
  if (copier) copy(copier);
  if (closest(event, "[data-print]")) window.print();
});
document.addEventListener("focusin", (event) => closeMenus(event.target));
document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
window.addEventListener("pageshow", free);
for (const button of all("[data-show-password]")) button.hidden = false;
document.querySelector("[data-focus]")?.focus();
startDrafts();
