import { connect } from "../../provider/api/connect";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { schemaOf } from "./schemaOf";

// A process of its own, since Node reads NODE_EXTRA_CA_CERTS when it starts. Prints the users, or why there are none.
const settings = readSettings({ config: () => undefined, environment: process.env }, services);
const directory = connect(settings).directory(schemaOf("Ram"), {}, undefined);
void directory.search({}).then(
  (users) => process.stdout.write(JSON.stringify(users.map(({ UserName }) => UserName))),
  (error: Error) => process.stdout.write(error.message),
);
