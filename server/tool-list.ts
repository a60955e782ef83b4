import { makeCatalogue } from "./calls/catalogue";
import { loadToolFiles } from "./tool-files";

/** The tools of `server/tools`, as the server's `tools/list` answers: bundle.mjs writes them down. */
export const tools = [...makeCatalogue(loadToolFiles()).values()].map(({ listing }) => listing);
