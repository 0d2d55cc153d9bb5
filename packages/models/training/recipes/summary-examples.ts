/** Texts of our own, for cards to show summaries of: one that is like an abstract, and one that is not. */
export const summaryExamples: readonly string[] = [
  "Buses in the valley are often late. Timetables are made by hand, once a year. In this paper, we propose to plan them from a week of measured journeys. The method needs no new equipment. On three lines, waiting fell by a fifth.",
  "The lighthouse was built in 1871. Storms broke its windows twice, and each time the keepers repaired them within a day. Its lamp burned oil until 1932. Today the lighthouse is a museum of the storms and of the keepers, and the harbour pays for its lamp.",
];
