export { mayConnect } from "./outbound/public-address.ts";
export { REMOTE_SECRETS, type RemoteSettings, remoteSettings, remoteVariables } from "./remote-settings.ts";
export {
  type RemoteBody,
  type RemoteFacts,
  type RemotePlace,
  type RemoteReader,
  RemoteSources,
} from "./remote-sources.ts";
export type { S3Access, S3Entry, S3Settings } from "./s3/s3-access.ts";
