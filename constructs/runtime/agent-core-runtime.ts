/** What runs code that is deployed as an archive. */
export class AgentCoreRuntime {
  /** CPython 3.10. */
  public static readonly PYTHON_3_10 = new AgentCoreRuntime("PYTHON_3_10");
  /** CPython 3.11. */
  public static readonly PYTHON_3_11 = new AgentCoreRuntime("PYTHON_3_11");
  /** CPython 3.12. */
  public static readonly PYTHON_3_12 = new AgentCoreRuntime("PYTHON_3_12");
  /** CPython 3.13. */
  public static readonly PYTHON_3_13 = new AgentCoreRuntime("PYTHON_3_13");
  /** CPython 3.14. */
  public static readonly PYTHON_3_14 = new AgentCoreRuntime("PYTHON_3_14");
  /** Of April 2026: AWS provider 6.25 is older, and may refuse it in the plan. */
  public static readonly NODE_22 = new AgentCoreRuntime("NODE_22");

  /** A runtime that this library does not know yet. */
  public static of(value: string): AgentCoreRuntime {
    return new AgentCoreRuntime(value);
  }

  private constructor(
    /** The service's name of the runtime. */
    public readonly value: string,
  ) {}
}
