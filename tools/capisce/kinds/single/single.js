// @ts-check
/** One option of several. */
kinds["single"] = { response: choiceResponse, show: showChoice };
