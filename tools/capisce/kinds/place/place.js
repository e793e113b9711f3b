// @ts-check
/** A place in a room: radios are the control, the plan shows what is chosen and whom one sees from there. */

/** Mark the seat that is chosen on the plan. @param {HTMLElement} form */
function showSeat(form) {
  const chosen = one(form, ".cap-options input:checked");
  every(form, "[data-seat]").forEach((part) => {
    part.classList.toggle("cap-chosen", !!chosen && part.dataset.seat === chosen.value);
  });
}

kinds["place"] = {
  start(form) {
    if (!form.dataset.started) {
      form.addEventListener("change", () => showSeat(form));
      every(form, ".cap-seat").forEach((seat) => {
        seat.addEventListener("click", () => one(form, 'input[value="' + seat.dataset.seat + '"]').click());
      });
    }
    form.dataset.started = "yes";
    showSeat(form);
  },
  response: choiceResponse,
  show(form, response) {
    showChoice(form, response);
    showSeat(form);
  }
};
