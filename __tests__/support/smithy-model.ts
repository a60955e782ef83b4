/** A Smithy model that has little more than it must. */
export const SMITHY_MODEL = JSON.stringify({
  smithy: "2.0",
  shapes: {
    "example.weather#Weather": {
      type: "service",
      version: "1",
      operations: [{ target: "example.weather#Forecast" }],
      traits: { "aws.protocols#restJson1": {}, "aws.api#service": { sdkId: "Weather", endpointPrefix: "weather" } },
    },
    "example.weather#Forecast": {
      type: "operation",
      traits: { "smithy.api#http": { method: "GET", uri: "/forecast" } },
    },
  },
});
