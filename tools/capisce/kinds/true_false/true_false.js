// @ts-check
/** A statement, true or false. */
kinds["true-false"] = { response: choiceResponse, show: showChoice };
