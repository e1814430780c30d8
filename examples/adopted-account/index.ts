import { usersFromFile } from "pulumi-alicloud-users";

export const people = usersFromFile("users.yaml");
