/** Parameters of the API's pages that no call sends, and why: by service, action and parameter. */
export const leftOut: Readonly<Record<string, string>> = {
  "Ram DetachPolicyFromUser ResourceGroupId": "RAM lists attachments in the scope of the account alone",
  "Eiam ListUsers NextToken": "PageNumber pages as well",
  "Eiam ListUsers MaxResults": "PageSize pages as well",
};

/** Actions about a user that are not called, and why. */
export const notCalled: readonly (readonly [actions: string, reason: string])[] = [
  ["RAM AddUserToGroup", "who is in a group is not an attribute of the user"],
  ["Bastionhost AddUsersToGroup", "who is in a group is not an attribute of the user"],
  [
    "EIAM AddUsersToGroup, RemoveUsersFromGroup, ListGroupsForUser",
    "who is in a group is not an attribute of the user",
  ],
  ["EIAM DeleteUsers", "users are deleted one by one, each with a verdict of its own"],
];
