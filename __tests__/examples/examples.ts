import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const folder = resolve(__dirname, "../../examples");

/** The folders of `examples/`. */
export const examples: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The program of an example. */
export const programOf = (example: string): string => join(folder, example, "main.ts");

/** Values of the variables that the examples leave to the person at the terminal. */
export const variables: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "another-identity-provider": { gateway_client_id: "client", gateway_client_secret: "hush-client" },
  "existing-pool": { gateway_client_secret: "hush-client" },
  entra: { gateway_client_secret: "hush-client" },
  "lambda-and-openapi": { weather_api_key: "hush-key" },
};
