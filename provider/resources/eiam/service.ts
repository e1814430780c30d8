import type { Service } from "../../core/service";

/** The EIAM API. https://api.alibabacloud.com/product/Eiam */
export const eiam: Service = {
  name: "EIAM",
  version: "2021-12-01",
  endpoint: (region) => `https://eiam.${region}.aliyuncs.com`,
  endpointKey: "eiam",
  policyPrefix: "eiam",
  instance: { codes: /Instance/, console: "The IDaaS console" },
  faults: [
    [/^ResourceNotFound\.User$/, "notFound"],
    [
      /^ResourceNotFound\./,
      "other",
      "Check the instance and the organizational units that the program names.",
    ],
    [
      /^(InvalidParameter|MissingParameter)\.CustomField\./,
      "invalid",
      "Correct customFields: the instance demands or bounds the field that the code names.",
    ],
    [/^ResourceDuplicated\./, "conflict", "Another user of the instance has this value; choose another one."],
  ],
};
