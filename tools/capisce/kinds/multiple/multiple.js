// @ts-check
/** Some options of several. */
kinds["multiple"] = { response: choiceResponse, show: showChoice };
