export { checkedAddresses, checkedFetch, type OutboundRequest, type OutboundRules } from "./checked-fetch.ts";
export { type HostAllowList, hostAllowList } from "./host-allow-list.ts";
export { OutboundRefusal, type RefusalReason } from "./outbound-refusal.ts";
export { mayConnect, type Network, parseNetwork } from "./public-address.ts";
