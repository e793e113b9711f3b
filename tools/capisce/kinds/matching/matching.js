// @ts-check
/** A choice from a list for each item. */
kinds["matching"] = { response: pairsResponse, show: showPairs };
