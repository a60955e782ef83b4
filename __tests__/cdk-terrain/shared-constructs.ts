import { join } from "node:path";
import { cdkTerrain, installCdkTerrain } from "../support/cdk-terrain";

// As in a project, where both frameworks share one copy. It has to be said before any of them is imported.
jest.mock("constructs", () => {
  const isInstalled = installCdkTerrain() === undefined;
  return jest.requireActual<object>(isInstalled ? join(cdkTerrain, "constructs") : "constructs");
});
