import { callFigures, pluginCallFigures } from "./callFigures";
import { checkpointFigures } from "./checkpointFigures";
import { creationFigures } from "./creationFigures";
import { diffCost } from "./diffCost";
import { driftFigures } from "./driftFigures";
import { measureParts } from "./measureParts";
import { peopleFigures } from "./peopleFigures";
import { rateFigures } from "./rateFigures";
import { readAheadFigures } from "./readAheadFigures";
import { scaleFigures } from "./scaleFigures";
import { pluginWallFigures, wallFigures } from "./wallFigures";

void measureParts("bench", {
  diff: diffCost,
  calls: callFigures,
  creation: creationFigures,
  drift: driftFigures,
  rate: rateFigures,
  wall: wallFigures,
  fields: readAheadFigures,
  people: peopleFigures,
  scale: scaleFigures,
  checkpoints: checkpointFigures,
  plugin: async (bench) => [...(await pluginCallFigures(bench)), ...(await pluginWallFigures(bench))],
});
