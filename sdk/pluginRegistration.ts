import { readFileSync } from "node:fs";
import { packHidden } from "../provider/core/state";
import { alsoWrong } from "./alsoWrong";
import { hintAtPlugin } from "./hintAtPlugin";
import { countAll } from "./countDeclared";
import { tokenOf } from "./packageName";
import { refusePluginOptions } from "./refuseOptions";
import type { Registration } from "./registration";

const { version, repository } = JSON.parse(
  readFileSync(require.resolve("pulumi-alicloud-users/package.json"), "utf8"),
) as { version: string; repository?: { url: string } };

/** The release of the plugin that the engine is to start, and where it may download that, once the package has a repository. */
export const release = {
  version,
  ...(repository && {
    pluginDownloadURL: repository.url.replace(
      /^git\+https:\/\/github\.com\/(.+)\.git$/,
      "github://api.github.com/$1",
    ),
  }),
};

/** Users as resources of the plugin. Of the hidden inputs they need these: the engine passes all else on. */
export const pluginRegistration: Registration = {
  typeOf: ({ type }) => tokenOf(type),
  opts: release,
  prepare: hintAtPlugin,
  refuse: refusePluginOptions,
  hiddenInputs: (user) =>
    user.opts.id === undefined
      ? packHidden({ alsoWrong: alsoWrong(user)?.alsoWrong, total: countAll(pluginRegistration) })
      : {},
};
