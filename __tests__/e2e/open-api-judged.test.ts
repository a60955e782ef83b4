import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { Emulator } from "../../emulator";
import { installOpenApiJudge, OpenApiJudge } from "../support/open-api-judge";
import { callTool, listTools, OPEN_GATEWAY, startFolder, targetOf } from "../support/recording-api";
import { describeWhen } from "../support/skip";
import { temporaryFolder } from "../support/temporary-folder";
import { PLATFORM } from "./open-api/platform";

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

/** Characters that mean something in URLs, headers, forms and JSON. */
const AWKWARD = "a b/ü&=?#+%2F,;\"'\\{}[]|~";
const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2026-11-30T07:00:00+01:00",
  date: "2026-11-30",
  email: "ann+tag@example.com",
  uri: "https://example.com/a?b=c&d=e#f",
};
const BY_PATTERN: Readonly<Record<string, string>> = { "^[A-Z]{3}$": "CHF", "^[0-9]{5}$": "01234" };

/** A value that a schema allows. @param plain where the protocol has no place for more than visible ASCII */
function valueOf(schema: Schema, plain = false): unknown {
  const { type: types = "string", format = "", pattern = "", items = {}, properties = {} } = schema;
  const [type] = [types].flat();
  if (schema.enum) return schema.enum.at(-1);
  if (type === "integer") return Math.max(7, schema.minimum ?? 0);
  if (type === "number") return (schema.minimum ?? 0) + 0.25;
  if (type === "boolean") return true;
  if (type === "array") return items.enum ? items.enum.slice(-2) : [valueOf(items, plain), another(items, plain)];
  if (type !== "object") return BY_FORMAT[format] ?? BY_PATTERN[pattern] ?? (plain ? "visible" : AWKWARD);
  const { additionalProperties: more } = schema;
  return {
    ...Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, valueOf(each)])),
    ...(typeof more === "object" && { [AWKWARD]: valueOf(more) }),
  };
}

function another(schema: Schema, plain: boolean): unknown {
  const value = valueOf(schema, plain);
  return typeof value === "string" ? `${value}2` : value;
}

const file = (name: string): object => parse(readFileSync(join(__dirname, "open-api", name), "utf8")) as object;

/** In the shapes of public APIs; what AWS's guide does not support is not in them. */
const DOCUMENTS: Readonly<Record<string, object>> = {
  orders: file("orders.json"),
  shapes: file("shapes.yaml"),
  files: file("files.yaml"),
  lists: file("lists.json"),
  platform: PLATFORM,
};

describeWhen(
  installOpenApiJudge() === undefined,
  "express-openapi-validator from the registry",
  "tools of OpenAPI documents",
  () => {
    const judges = new Map<string, OpenApiJudge>();
    let emulator: Emulator;
    beforeAll(async () => {
      const hosts: Record<string, string> = {};
      const files: Record<string, string> = {};
      const targets: string[] = [];
      for (const [name, document] of Object.entries(DOCUMENTS)) {
        const judge = await OpenApiJudge.start(structuredClone(document));
        judges.set(name, judge);
        hosts[`${name}.example.com`] = judge.origin;
        files[`${name}.json`] = JSON.stringify(document).replaceAll("api.example.com", `${name}.example.com`);
        const payload = `inline_payload {\n payload = file("\${path.module}/${name}.json")\n }`;
        targets.push(targetOf(name, `open_api_schema {\n ${payload}\n }`));
      }
      files["main.tf"] = [OPEN_GATEWAY, ...targets].join("");
      emulator = await startFolder(temporaryFolder(files), { hosts });
    });
    afterAll(() => judges.forEach((judge) => judge.close()));

    test.each(Object.keys(DOCUMENTS))(
      "every operation of %s is called rightly, with all arguments and with few",
      async (name) => {
        const judge = judges.get(name);
        const tools = (await listTools(emulator)).filter((tool) => tool.name.startsWith(`${name}___`));
        const wrong: unknown[] = [];
        for (const tool of tools) {
          const { properties = {}, required = [] } = tool.inputSchema as Schema;
          const all = Object.fromEntries(
            Object.entries(properties).map(([own, schema]) => [own, valueOf(schema, own.startsWith("X-"))]),
          );
          const few = Object.fromEntries(required.map((own) => [own, all[own]]));
          // The validator wants a content type also of a request without its body, which may be left out.
          const isBodyless = /___(subscribe|annotate)$/.test(tool.name);
          for (const given of isBodyless ? [all] : [all, few]) {
            judge?.judged.splice(0);
            const result = (await callTool(emulator, tool.name, given)) as { isError?: boolean };
            const [request] = judge?.judged ?? [];
            const told = request && { ...request.parameters, ...bodyOf(request.body, given) };
            const seen = Object.fromEntries(
              Object.keys(given).map((own) => [own, told?.[own] ?? told?.[own.toLowerCase()]]),
            );
            if (result.isError || request?.errors || JSON.stringify(seen) !== JSON.stringify(given)) {
              wrong.push({ tool: tool.name, given, seen, errors: request?.errors ?? result });
            }
          }
        }
        expect(wrong.slice(0, 3)).toEqual([]);
        expect(tools.length).toBeGreaterThanOrEqual(name === "platform" ? 200 : 2);
      },
    );
  },
);

/** The members of an object are arguments, any other body is one. */
function bodyOf(body: unknown, given: object): Readonly<Record<string, unknown>> {
  if ("body" in given) return { body };
  return typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
}
