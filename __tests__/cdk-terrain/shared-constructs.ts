import { join } from "node:path";
import { cdkTerrain } from "../support/cdk-terrain";

// As in a project, where both frameworks share one copy. It has to be said before any of them is imported.
jest.mock("constructs", () => jest.requireActual<object>(join(cdkTerrain, "constructs")));
