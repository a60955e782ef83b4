import { TopologyError } from "../../topology";
import { deploy } from "./fake-account";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

/** The error of a configuration that cannot be read or deployed. */
export function failureOf(configuration: object, variables: object = {}): TopologyError {
  try {
    deploy(readTopology(temporaryFolder({ "main.tf.json": configuration, "terraform.tfvars.json": variables })));
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
  throw new Error("nothing failed");
}

/** The outputs of a configuration, deployed to the fake account. */
export function outputsOf(configuration: object): Record<string, unknown> {
  return deploy(readTopology(temporaryFolder({ "main.tf.json": configuration }))).outputs;
}
