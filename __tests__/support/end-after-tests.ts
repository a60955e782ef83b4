type End = () => unknown;

/** What has to end after the running test; undefined between tests. */
let ofTest: End[] | undefined;
const ofFile: End[] = [];

/** Has something end after the test that began it, or after the tests of the file. The last that began ends first. */
export function endAfterTests(end: End): void {
  (ofTest ?? ofFile).push(end);
}

async function endAll(ends: readonly End[]): Promise<void> {
  for (const end of ends.toReversed()) await end();
}

// Benches, which use these helpers too, end what they begin by themselves.
if (typeof afterAll === "function") {
  beforeEach(() => {
    ofTest = [];
  });
  afterEach(async () => {
    const ends = ofTest ?? [];
    ofTest = undefined;
    await endAll(ends);
  });
  afterAll(() => endAll(ofFile.splice(0)));
}
