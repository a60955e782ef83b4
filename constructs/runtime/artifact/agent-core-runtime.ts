import { CODE_RUNTIMES } from "../../../aws/agentcore/values";

/** What runs code that is deployed as an archive. */
export class AgentCoreRuntime {
  /** CPython 3.10. */
  public static readonly PYTHON_3_10 = new AgentCoreRuntime(CODE_RUNTIMES.python310);
  /** CPython 3.11. */
  public static readonly PYTHON_3_11 = new AgentCoreRuntime(CODE_RUNTIMES.python311);
  /** CPython 3.12. */
  public static readonly PYTHON_3_12 = new AgentCoreRuntime(CODE_RUNTIMES.python312);
  /** CPython 3.13. */
  public static readonly PYTHON_3_13 = new AgentCoreRuntime(CODE_RUNTIMES.python313);
  /** CPython 3.14. */
  public static readonly PYTHON_3_14 = new AgentCoreRuntime(CODE_RUNTIMES.python314);
  /** Of April 2026: AWS provider 6.25 is older, and may refuse it in the plan. */
  public static readonly NODE_22 = new AgentCoreRuntime(CODE_RUNTIMES.node22);

  /** A runtime that this library does not know yet. */
  public static of(value: string): AgentCoreRuntime {
    return new AgentCoreRuntime(value);
  }

  private constructor(
    /** The service's name of the runtime. */
    public readonly value: string,
  ) {}
}
