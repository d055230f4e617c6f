// SPDX-License-Identifier: EUPL-1.2
// Pages beyond the side navigation, which is walked by itself.
//   user    key of a demo user (data-demo-user), or null for somebody not signed in
//   path    where to start
//   follow  selectors of links to follow from there, for pages whose address the demo decides
//           { user: "…", path: "/faelle", follow: [".data-table a"] }

export const PAGES = [
  { user: null, path: "/anmelden" },
];
