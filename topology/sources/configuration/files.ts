import { notAConfiguration, sourceTooLarge } from "../../errors";
import type { ValueObject } from "../../language/value";
import { readText } from "../file";
import { type JsonText, readJsonFile } from "../json-file";
import { parseHcl } from "./hcl";
import { hclPlaces } from "./hcl-places";
import { jsonPlaces } from "./json-places";
import type { Place } from "./place";

/** One file of a configuration, in Terraform's JSON syntax whatever it is written in. */
export interface ConfigurationFile {
  readonly path: string;
  readonly content: ValueObject;
  /** Where its blocks begin, in the order in which they are written. */
  readonly places: readonly Place[];
}

/** Its parser takes some microseconds a byte. A written-out system of 500 targets has about as much. */
const MAX_HCL_BYTES = 1024 * 1024;

/** Reads the files of configurations, whose HCL together may have only so many bytes. */
export class FileReader {
  private hclBytes = 0;

  read(path: string): ConfigurationFile {
    return isJson(path) ? jsonFile(path, readJsonFile(path)) : this.readHcl(path);
  }

  private readHcl(path: string): ConfigurationFile {
    const text = readText(path);
    this.hclBytes += text.length;
    if (this.hclBytes > MAX_HCL_BYTES) throw sourceTooLarge(`The HCL up to ${path}`, this.hclBytes, MAX_HCL_BYTES);
    const places = hclPlaces(path, text);
    return { path, content: parseHcl(path, text), places };
  }
}

function isJson(path: string): boolean {
  return !/\.(tf|tofu|tfvars)$/.test(path);
}

/** @param path - how messages call it */
export function jsonFile(path: string, { text, content }: JsonText): ConfigurationFile {
  if ("planned_values" in content) throw notAConfiguration(path, "it is a plan; name the file itself, not its folder");
  return { path, content, places: jsonPlaces(text) };
}
