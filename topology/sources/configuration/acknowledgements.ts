// topology/sources/configuration/: folders and files in HCL and in Terraform's JSON.
import { objectsAt, textAt } from "../../language/members";
import type { ValueObject } from "../../language/value";
import type { Acknowledgement } from "../../modules/inventory";

/** Member of a document's `//` in which the constructs write what they acknowledge. */
export const METADATA_KEY = "cdktf-agentcore";

/** The list `acknowledgements` of a document; entries of another form are left out. */
export function readAcknowledgements(content: ValueObject): Acknowledgement[] {
  return objectsAt(content, "acknowledgements").flatMap((entry) => {
    const [rule, address, reason] = [textAt(entry, "rule"), textAt(entry, "address"), textAt(entry, "reason")];
    return rule === undefined || address === undefined || reason === undefined ? [] : [{ rule, address, reason }];
  });
}
