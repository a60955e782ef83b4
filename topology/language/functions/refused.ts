const OF_EACH_RUN = "it gives another value each time";
const OF_FILES = "the configuration was not read from a folder";
const OF_MARKS = "what is sensitive or ephemeral is not followed through expressions";

/** Functions that Terraform has and that have no value here, and why. */
export const REFUSED_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...["bcrypt", "plantimestamp", "timestamp", "uuid"].map((name) => [name, OF_EACH_RUN] as const),
  ...["issensitive", "ephemeralasnull"].map((name) => [name, OF_MARKS] as const),
  // A module's folder gives these, see `fileFunctions`.
  ...["abspath", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5"].map(
    (name) => [name, OF_FILES] as const,
  ),
  ...["fileset", "filesha1", "filesha256", "filesha512", "templatefile"].map((name) => [name, OF_FILES] as const),
  ["rsadecrypt", "it takes a private key"],
  ["type", "only terraform console has it"],
]);
