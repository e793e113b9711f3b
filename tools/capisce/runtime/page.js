// @ts-check
/** Makes elements and sentences; text goes in as text, never as HTML. */

const pageLang = document.documentElement.lang || "en";

/**
 * Make an element.
 * @param {string} tag @param {string} [name] its class @param {...(string | Node)} children @returns {any}
 */
function make(tag, name, ...children) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  made.append(...children);
  return made;
}

/** Make a button. @param {string} name @param {string} text @param {(event: MouseEvent) => void} press */
function makeButton(name, text, press) {
  const button = make("button", name, text);
  button.type = "button";
  button.addEventListener("click", press);
  return button;
}

/** @param {ParentNode} within @param {string} selector @returns {any} */
function one(within, selector) {
  return within.querySelector(selector);
}

/** @param {ParentNode} within @param {string} selector @returns {any[]} */
function every(within, selector) {
  return Array.from(within.querySelectorAll(selector));
}

/** @type {{[name: string]: string}} */
const strokes = {
  right: "M7 12.5l3.5 3.5L17 9",
  fair: "M7 12.8c1.7-2.6 3.3-2 5-.8s3.3 1.8 5-.8",
  part: "M7.5 12h9",
  wrong: "M8.5 8.5l7 7m0-7l-7 7",
  missed: "M12 7.5v9M7.5 12h9"
};

/** Draw a small round sign, for the eye only. @param {string} name */
function makeIcon(name) {
  const space = "http://www.w3.org/2000/svg";
  const icon = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("class", "cap-icon");
  icon.setAttribute("aria-hidden", "true");
  path.setAttribute("d", "M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z" + strokes[name]);
  icon.append(path);
  return icon;
}

/** Make an icon and a word, never one without the other. @param {string} mark @param {string} text */
function makeMark(mark, text) {
  const made = make("span", "cap-mark", makeIcon(mark), make("span", "", text));
  made.dataset.mark = mark;
  return made;
}

let copies = 0;

/**
 * Copy rendered content, giving its ids a new ending so that none is there twice.
 * @param {Element} source @param {string} [lang] the language of the source when it is not the page's
 * @returns {any}
 */
function copyOf(source, lang) {
  const copy = /** @type {HTMLElement} */ (source.cloneNode(true));
  copies += 1;
  [copy, ...copy.querySelectorAll("[id], [aria-describedby]")].forEach((element) => {
    ["id", "aria-describedby"].forEach((name) => {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value + "-" + copies);
    });
  });
  if (lang && !copy.lang) copy.lang = lang;
  return copy;
}

/**
 * Say an interface string; a plural is chosen by `n`.
 * @param {string} name @param {{[variable: string]: string | number}} [values]
 */
function phrase(name, values = {}) {
  let text = /** @type {*} */ (words)[name];
  if (typeof text === "object") {
    text = text[new Intl.PluralRules(pageLang).select(Number(values.n))] || text.other;
  }
  return text.replace(/\{(\w+)\}/g, (/** @type {string} */ all, /** @type {string} */ variable) => String(values[variable]));
}

/** Write a share of marks in per cent, one place, rounded down. @param {number} earned @param {number} possible */
function percent(earned, possible) {
  const share = Math.floor((1000 * earned) / possible) / 1000;
  return new Intl.NumberFormat(pageLang, { style: "percent", maximumFractionDigits: 1 }).format(share);
}

const announcer = make("div", "cap-hidden");
announcer.setAttribute("role", "status");

/** Announce a sentence to those who listen to the page. @param {string} text */
function announce(text) {
  announcer.textContent = "";
  setTimeout(() => (announcer.textContent = text), 50);
}
