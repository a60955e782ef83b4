import { rmSync } from "node:fs";

/** Removes the tarball that the suites of a run have shared. */
export default function removeTarball(): void {
  rmSync(process.env.PACKED_FOLDER ?? "", { recursive: true, force: true });
}
