import * as pulumi from "@pulumi/pulumi";
import { usersFromFile } from "pulumi-alicloud-users";

const eiamInstance = new pulumi.Config().get("eiamInstance") ?? "idaas_demo0001";

export const people = usersFromFile("hr.csv", {
  // A file with fewer people than this is cut off, and changes nobody.
  minimum: 3,
  map: (row) => ({
    key: row.employee_id!,
    from: row.first_day,
    until: row.last_day,
    staff: {
      eiam: eiamInstance,
      username: row.login,
      displayName: row.name,
      email: row.mail,
      emailVerified: true,
      description: row.department,
    },
  }),
});
