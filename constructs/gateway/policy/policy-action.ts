import type { ITerraformDependable } from "cdktf";
import { TOOL_NAME_SEPARATOR } from "../../../aws/agentcore/names";
import type { Problem } from "../../private/errors";
import { unknownTool } from "../../private/problems/policy";
import { entity } from "./cedar";

/** What a target tells of itself to policies. @internal */
export interface ToolOwner {
  /** The target's name. */
  readonly name: string;
  /** The target's resource. */
  readonly resource: ITerraformDependable;
  /** The names of its tools, where the program knows them. */
  readonly toolNames: readonly string[] | undefined;
}

/** What a statement is about: a call of a tool. Made by `target.tool("…")`, or for all tools by `PolicyAction.any()`. */
export class PolicyAction {
  /** Every call of every tool of the gateway. */
  public static any(): readonly PolicyAction[] {
    return [];
  }

  /** Calls of one tool of a target. @internal */
  public static ofTool(owner: ToolOwner, toolName: string): PolicyAction {
    return new PolicyAction(owner, toolName);
  }

  private constructor(
    private readonly owner: ToolOwner,
    private readonly toolName: string,
  ) {}

  /** The action's entity: AWS calls tools as the gateway's clients see them, `<target name>___<tool name>`. */
  public toCedar(): string {
    return entity("Action", `${this.owner.name}${TOOL_NAME_SEPARATOR}${this.toolName}`);
  }

  /** What must exist before AWS knows the action. */
  public get dependencies(): readonly ITerraformDependable[] {
    return [this.owner.resource];
  }

  /** What the service would refuse. */
  public validate(): Problem[] {
    const { name, toolNames } = this.owner;
    return toolNames === undefined || toolNames.includes(this.toolName)
      ? []
      : [unknownTool(name, this.toolName, toolNames)];
  }
}
