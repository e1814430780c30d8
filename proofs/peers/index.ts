import { measureParts } from "../bench/measureParts";
import { peerFigures } from "./peerFigures";

void measureParts("peers", { peers: peerFigures });
