// @ts-check
/** Turns to interpret aloud; the learner ticks what was kept, what slipped, and how they worked. */

kinds["render"] = {
  response: choiceResponse,
  show(form, response) {
    showChoice(form, response);
    every(form, ".cap-units").forEach((units) => (units.open = !!one(units, "input:checked")));
  },
  notes({ key, response }) {
    return key.units
      .filter((/** @type {string} */ id) => !response.includes(id))
      .map((/** @type {string} */ id) => ({ id, mark: "missed", text: phrase("missed") }));
  },
  after({ form, key, response, score, verdict }) {
    /** @type {{[name: string]: number}} */
    const counts = { omission: 0, addition: 0, distortion: 0, form: 0, conduct: 0 };
    every(form, "[data-slip]:checked").forEach((input) => (counts[input.dataset.slip] += 1));
    const points = every(form, "[data-conduct]");
    counts.conduct = points.filter((input) => !input.checked).length;
    const list = make("ul", "cap-counts", make("li", "", phrase("units_kept", { n: score ? score.earned : 0, total: key.units.length })));
    ["omission", "addition", "distortion", "form"].forEach((name) => list.append(make("li", "", phrase("count_" + name, { n: counts[name] }))));
    list.append(make("li", "", phrase("conduct_kept", { n: points.length - counts.conduct, total: points.length })));
    counts.omission += key.units.length - (score ? score.earned : 0);
    const most = Object.keys(counts).reduce((a, b) => (counts[b] > counts[a] ? b : a));
    const next = one(form, '[data-next="' + (counts[most] ? most : "done") + '"] a') || one(form, '[data-next="done"] a');
    verdict.append(list);
    if (next && response) verdict.append(make("p", "", phrase("next_exercise") + " ", copyOf(next)));
  }
};
