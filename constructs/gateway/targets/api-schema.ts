import { readFileSync } from "node:fs";
import type { BedrockagentcoreGatewayTargetTargetConfigurationMcpOpenApiSchema } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import { MAX_INLINE_SCHEMA } from "../../../aws/agentcore/limits";
import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import { lengthProblems } from "../../private/names";
import { escaped } from "../../private/escaped";
import { missingSchemaFile } from "../../private/problems/schemas";
import { type S3Location, s3Block, s3Permissions } from "./s3-location";

/** An OpenAPI schema or a Smithy model. */
export class ApiSchema {
  /** A schema as text, JSON or YAML, of up to 1 MB. */
  public static fromInline(schema: string): ApiSchema {
    return new ApiSchema(
      { inlinePayload: [{ payload: escaped(schema) }] },
      [],
      lengthProblems("schema", schema, 1, MAX_INLINE_SCHEMA),
    );
  }

  /** A schema in a file of up to 1 MB, which synthesis copies into the Terraform configuration. */
  public static fromLocalFile(path: string): ApiSchema {
    try {
      return ApiSchema.fromInline(readFileSync(path, "utf8"));
    } catch (error) {
      return new ApiSchema({}, [], [missingSchemaFile(path, error instanceof Error ? error.message : String(error))]);
    }
  }

  /** A schema of up to 10 MB in S3. The gateway's role may read that object. */
  public static fromS3(location: S3Location): ApiSchema {
    return new ApiSchema({ s3: [s3Block(location)] }, s3Permissions(location), []);
  }

  private constructor(
    /** The target's schema block. @internal */
    public readonly block: BedrockagentcoreGatewayTargetTargetConfigurationMcpOpenApiSchema,
    /** What the gateway's role must be allowed. */
    public readonly permissions: readonly Permission[],
    /** What the service would refuse. */
    public readonly problems: readonly Problem[],
  ) {}
}
