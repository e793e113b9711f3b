// @ts-check
/** Looks back on a scenario: how it ended, each decision and why, the four axes, questions to discuss. */

/** @type {{[quality: string]: string}} */
const qualityMarks = { best: "right", acceptable: "fair", poor: "part", harmful: "wrong" };

/** Empty the debrief, and put the questions to discuss away. @param {Play} play */
function closeDebrief({ section }) {
  const box = one(section, ".cap-debrief");
  every(section, ".cap-discuss").forEach((discuss) => {
    discuss.hidden = true;
    box.after(discuss);
  });
  box.hidden = true;
  box.textContent = "";
}

/** Fill the debrief and show it, at an ending. @param {Play} play */
function openDebrief(play) {
  const { graph, path, section, slug } = play;
  const { scene, marks, totals } = standingOf(play);
  const box = one(section, ".cap-debrief");
  const title = make("h2", "cap-title", phrase("debrief"));
  const ending = make("p", "cap-ended", copyOf(one(partOf(play, scene), ".cap-scene-title"), section.lang).textContent);
  const total = make("p", "cap-total", make("strong", "", phrase("score", { earned: marks, possible: graph.possible })));
  total.append(" ", make("span", "", phrase("most_marks", { possible: graph.possible })));
  title.id = "debrief-" + slug;
  box.setAttribute("role", "group");
  box.setAttribute("aria-labelledby", title.id);
  box.append(title, ending, total, ...nameHarm(play));
  box.append(make("h3", "cap-title", phrase("path")), make("ol", "cap-path", ...path.map((step, at) => makeDecision(play, step, at))));
  box.append(make("h3", "cap-title", phrase("axes")), makeAxes(graph.axes, totals));
  every(section, ".cap-discuss").forEach((discuss) => {
    if (section.lang && !discuss.lang) discuss.lang = section.lang;
    discuss.hidden = false;
    box.append(discuss);
  });
  const again = makeButton("cap-restart", phrase("start_again"), () => begin(play, []));
  box.append(make("p", "cap-buttons", again, makeButton("cap-print", phrase("print"), () => print())));
  box.hidden = false;
}

/** Name the harmful choices plainly, whatever the marks. @param {Play} play @returns {Node[]} */
function nameHarm(play) {
  const harmful = play.path.filter((step) => choiceOf(play.graph, step).quality === "harmful");
  if (!harmful.length) return [];
  const list = make("ul", "", ...harmful.map((step) => make("li", "", wordsOf(play, step))));
  return [make("div", "cap-harm", make("p", "", makeMark("wrong", phrase("harm_n", { n: harmful.length }))), list)];
}

/**
 * Look back on a decision: what was done, what followed, why, and what was best.
 * @param {Play} play @param {string} step @param {number} at its place, from 0
 */
function makeDecision(play, step, at) {
  const { graph, section, standings } = play;
  const source = partOf(play, step);
  const { quality } = choiceOf(graph, step);
  const word = copyOf(one(source, ".cap-quality"), section.lang);
  const mark = makeMark(qualityMarks[quality], word.textContent.trim());
  if (word.lang) mark.lang = word.lang;
  const made = make("li", "", make("h4", "cap-title", phrase("decision_n", { n: at + 1 })));
  made.append(makeDone(play, step), copyOf(one(source, ".cap-follows"), section.lang), make("p", "cap-judged", mark));
  every(source, ".cap-reason, .cap-basis, .cap-cited").forEach((part) => made.append(copyOf(part, section.lang)));
  if (quality !== "best") {
    const best = openSteps(graph, standings[at]).filter((open) => choiceOf(graph, open).quality === "best");
    best.forEach((open) => {
      made.append(make("p", "cap-better", make("span", "cap-speaker", phrase("best_here")), " ", wordsOf(play, open)));
    });
  }
  made.append(makeBack(play, at));
  return made;
}

/**
 * Draw how far each axis went, from the worst to the best that a path reaches.
 * @param {{[axis: string]: [number, number]}} axes @param {{[axis: string]: number}} totals
 */
function makeAxes(axes, totals) {
  const list = make("ul", "cap-axes");
  const write = new Intl.NumberFormat(pageLang);
  Object.keys(axes).forEach((id) => {
    const axis = phrase("axis_" + id);
    const values = [axes[id][0], totals[id] || 0, axes[id][1]];
    const [low, n, high] = values.map((value) => write.format(value));
    if (low === high) return; // nothing in this scenario moves it
    const bar = drawBar((values[1] - values[0]) / (values[2] - values[0]), phrase("axis_value", { axis, n, low, high }));
    const ends = [low, high].map((text) => make("span", "cap-end", text));
    list.append(make("li", "", make("span", "cap-axis", axis), make("strong", "", n), ends[0], bar, ends[1]));
  });
  return list;
}

/** Draw a bar filled by a share of its length. @param {number} share @param {string} said */
function drawBar(share, said) {
  const space = "http://www.w3.org/2000/svg";
  const bar = document.createElementNS(space, "svg");
  bar.setAttribute("class", "cap-bar");
  bar.setAttribute("role", "img");
  bar.setAttribute("aria-label", said);
  [1, Math.max(0, Math.min(1, share))].forEach((part) => {
    const piece = document.createElementNS(space, "rect");
    piece.setAttribute("width", 100 * part + "%");
    piece.setAttribute("height", "100%");
    bar.append(piece);
  });
  return bar;
}
