// @ts-check
/** Items to put in order, with buttons and a list of places; nothing is dragged. */

/** @param {HTMLElement} form @returns {HTMLElement[]} */
function orderItems(form) {
  return every(form, ".cap-order [data-item]");
}

/** Bring the controls in line with the order shown. @param {HTMLElement} form */
function showPlaces(form) {
  const items = orderItems(form);
  items.forEach((item, at) => {
    one(item, ".cap-move").hidden = false;
    one(item, ".cap-position").value = String(at + 1);
    one(item, ".cap-up").setAttribute("aria-disabled", String(at === 0));
    one(item, ".cap-down").setAttribute("aria-disabled", String(at === items.length - 1));
  });
}

/**
 * Move an item by carrying its neighbours past it, so that the focus stays where it is.
 * @param {HTMLElement} form @param {HTMLElement} item @param {number} to counted from 0
 */
function moveItem(form, item, to) {
  const items = orderItems(form);
  const from = items.indexOf(item);
  const values = { item: one(item, ".cap-item").textContent.trim(), n: to + 1, total: items.length };
  if (to < 0 || to >= items.length) return announce(phrase(to < 0 ? "already_first" : "already_last", values));
  if (to < from) item.after(...items.slice(to, from));
  else item.before(...items.slice(from + 1, to + 1));
  showPlaces(form);
  announce(phrase("moved", values));
  form.dispatchEvent(new Event("change"));
}

kinds["ordering"] = {
  start(form) {
    if (form.dataset.first) return kinds["ordering"].show(form, form.dataset.first.split(" "));
    form.dataset.first = orderItems(form).map((item) => item.dataset.item).join(" ");
    orderItems(form).forEach((item) => {
      const at = () => orderItems(form).indexOf(item);
      one(item, ".cap-up").addEventListener("click", () => moveItem(form, item, at() - 1));
      one(item, ".cap-down").addEventListener("click", () => moveItem(form, item, at() + 1));
      one(item, ".cap-position").addEventListener("change", (/** @type {*} */ { target }) => moveItem(form, item, target.value - 1));
    });
    showPlaces(form);
  },
  response(form) {
    return orderItems(form).map((item) => item.dataset.item);
  },
  show(form, response) {
    const items = orderItems(form);
    response.forEach((/** @type {string} */ id) => {
      const item = items.find(({ dataset }) => dataset.item === id);
      if (item && item.parentElement) item.parentElement.append(item);
    });
    showPlaces(form);
  }
};
