// @ts-check
/** Turns of a dialogue to mark where the rendition goes wrong, each with a name and a repair. */

/** Show the naming of the turns that are marked, and only of those. @param {HTMLElement} form */
function showNaming(form) {
  every(form, ".cap-turns > li").forEach((turn) => {
    one(turn, ".cap-naming").hidden = !one(turn, ".cap-faulty input").checked;
  });
}

kinds["spot"] = {
  start(form) {
    if (!form.dataset.started) form.addEventListener("change", () => showNaming(form));
    form.dataset.started = "yes";
    showNaming(form);
  },
  response(form) {
    /** @type {{[turn: string]: string}} */
    const response = {};
    every(form, ".cap-turns > li").forEach((turn) => {
      const repair = one(turn, ".cap-repairs input:checked");
      if (one(turn, ".cap-faulty input").checked) {
        response[turn.dataset.part] = one(turn, "select").value + "." + (repair ? repair.value : "");
      }
    });
    return response;
  },
  show(form, response) {
    every(form, ".cap-turns > li").forEach((turn) => {
      const [error, repair] = parted(response[turn.dataset.part]);
      one(turn, ".cap-faulty input").checked = error !== "";
      one(turn, "select").value = error;
      every(turn, ".cap-repairs input").forEach((input) => (input.checked = input.value === repair));
    });
    showNaming(form);
  }
};
