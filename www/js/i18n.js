// @ts-check
/** Every string a person reads, from `locales/`. */

/** @type {Record<string, string>} */
let strings = {};

/** Loads the strings; a page without them still works, with the keys for words. */
export async function loadStrings() {
  try {
    const answer = await fetch(new URL('../locales/en.json', import.meta.url));
    if (answer.ok) strings = await answer.json();
  } catch {
    // Offline on the very first visit; the keys are shown.
  }
}

/** @param {string} key */
export function hasString(key) {
  return Object.hasOwn(strings, key);
}

/**
 * The string of that key with `{name}` replaced.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  const text = strings[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A number as this person writes it.
 * @param {number} value
 * @param {number} [digits] after the point, at most
 */
export function number(value, digits = 0) {
  return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
}

/** Fills every element that names its strings: `data-i18n` and `data-i18n-attr="attribute:key;…"`. */
export function translateDocument() {
  for (const element of document.querySelectorAll('[data-i18n]')) {
    element.textContent = t(element.getAttribute('data-i18n') ?? '');
  }
  for (const element of document.querySelectorAll('[data-i18n-attr]')) {
    for (const pair of (element.getAttribute('data-i18n-attr') ?? '').split(';')) {
      const [attribute, key] = pair.split(':');
      if (attribute && key) element.setAttribute(attribute, t(key));
    }
  }
}
