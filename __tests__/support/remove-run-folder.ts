import { rmSync } from "node:fs";

/** Removes what the test files of a run have shared. */
export default function removeRunFolder(): void {
  rmSync(process.env.RUN_FOLDER ?? "", { recursive: true, force: true });
}
