// A product is its folder and one line here. The names are those of a snapshot.
export { bastionhost } from "./bastionhost";
export { eiam } from "./eiam";
export { ram } from "./ram";
export { sts } from "./sts";
