// @ts-check
/** Follows a path through a scenario; nothing here is shown. */

/** @typedef {{to: string, quality: string, marks: number, effects?: {[axis: string]: number}, when?: [string, string, number][]}} Choice */
/**
 * @typedef {object} Graph
 * @property {string} start
 * @property {number} possible the most marks that a path earns
 * @property {{[axis: string]: [number, number]}} axes the worst and the best that a path reaches
 * @property {{[scene: string]: {[choice: string]: Choice}}} scenes
 * @property {{[scene: string]: string}} endings
 */
/** @typedef {{scene: string, marks: number, totals: {[axis: string]: number}}} Standing where a path stands */

/** @param {Graph} graph @param {string} step a `scene.choice` @returns {Choice} */
function choiceOf({ scenes }, step) {
  const [scene, id] = step.split(".");
  return scenes[scene][id];
}

/**
 * List the steps that can be taken.
 * @param {Graph} graph @param {Standing} standing
 */
function openSteps({ scenes }, { scene, totals }) {
  const choices = scenes[scene];
  const open = Object.keys(choices).filter((id) =>
    (choices[id].when || []).every(([axis, sign, value]) => {
      const total = totals[axis] || 0;
      return sign === ">=" ? total >= value : total <= value;
    })
  );
  return open.map((id) => scene + "." + id);
}

/** Where every path begins. @param {Graph} graph @returns {Standing} */
function startOf({ start }) {
  return { scene: start, marks: 0, totals: {} };
}

/**
 * Take a step; null when it cannot be taken from there.
 * @param {Graph} graph @param {Standing} from @param {string} step @returns {Standing | null}
 */
function standAfter(graph, from, step) {
  if (!openSteps(graph, from).includes(step)) return null;
  const { to, marks, effects = {} } = choiceOf(graph, step);
  const totals = Object.assign({}, from.totals);
  Object.keys(effects).forEach((axis) => (totals[axis] = (totals[axis] || 0) + effects[axis]));
  return { scene: to, marks: from.marks + marks, totals };
}

/** Say whether a path can be walked from the start. @param {Graph} graph @param {string[]} path */
function isPath(graph, path) {
  let standing = /** @type {Standing | null} */ (startOf(graph));
  path.forEach((step) => (standing = standing && standAfter(graph, standing, step)));
  return Boolean(standing);
}
