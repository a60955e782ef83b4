import { OWN } from "../../../constructs/private/framework";

/** The AWS provider release that the bindings under test are made for and ask for. */
const RELEASE = OWN === "cdktn" ? "6.66.0" : "6.25.0";

/** What a stack asks for when something needs a newer release than CDKTF's bindings: CDK Terrain's have all there is. */
export const requiredWhere = (raised: string): string => (OWN === "cdktn" ? RELEASE : raised);

/** What a stack asks for as it is. */
export const required = RELEASE;

/** Arguments that a stack has only where its bindings know them without being asked. */
export const whereNewest = (args: object): object => (OWN === "cdktn" ? args : {});
