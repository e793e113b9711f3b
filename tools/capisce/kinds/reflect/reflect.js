// @ts-check
/** Words of one's own, then points to compare them with, ticked by the learner. */

/** Show the points, or the button that leads to them. @param {HTMLElement} form @param {boolean} points */
function showPoints(form, points) {
  one(form, ".cap-points").hidden = !points;
  one(form, ".cap-to-compare").hidden = points;
  one(form, ".cap-check").parentElement.hidden = !points;
}

kinds["reflect"] = {
  start(form) {
    showPoints(form, false);
    if (form.dataset.started) return;
    form.dataset.started = "yes";
    one(form, ".cap-compare").addEventListener("click", () => {
      showPoints(form, true);
      one(form, ".cap-points").focus();
    });
  },
  response: choiceResponse,
  show(form, response) {
    showPoints(form, true);
    showChoice(form, response);
  }
};
