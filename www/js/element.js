// @ts-check
/** Finding what `index.html` promises. */

/**
 * The element with that id; its absence is a mistake in the page, not of the person.
 * @template {Element} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`index.html has no #${id} of the kind ${kind.name}`);
  return element;
}

/**
 * The first element inside `root` that matches.
 * @template {Element} T
 * @param {ParentNode} root
 * @param {string} selector
 * @param {new () => T} kind
 * @returns {T}
 */
export function inside(root, selector, kind) {
  const element = root.querySelector(selector);
  if (!(element instanceof kind)) throw new Error(`nothing matches ${selector} of the kind ${kind.name}`);
  return element;
}
