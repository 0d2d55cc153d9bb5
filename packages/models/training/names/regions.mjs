/** States, provinces, continents and parts of the world that people name. */
export const regions = `
Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois,
Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri,
Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North Carolina, North Dakota, Ohio, Oklahoma,
Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota, Tennessee, Texas, Utah, Vermont, Virginia, Washington,
West Virginia, Wisconsin, Wyoming, Washington DC, Washington D.C., Puerto Rico, Guam, New England, Midwest,
Ontario, Quebec, British Columbia, Alberta, Manitoba, Saskatchewan, Nova Scotia, New Brunswick, Newfoundland, Yukon,
New South Wales, Victoria, Queensland, Tasmania, South Australia, Western Australia, Northern Territory,
England, Scotland, Wales, Northern Ireland, Great Britain, Britain, United Kingdom, UK, U.K., United States,
United States of America, USA, U.S.A., US, U.S., UAE, Soviet Union, USSR, America, North America, South America,
Latin America, Central America, Europe, Eastern Europe, Western Europe, Scandinavia, Balkans, Asia, Central Asia,
Southeast Asia, Africa, North Africa, West Africa, Middle East, Antarctica, Australasia, Oceania, Arctic, Caribbean, Siberia,
Kashmir, Tibet, Chechnya, Crimea, Kosovo, Bosnia, Gaza, Gaza Strip, West Bank, Palestine, Kurdistan, Punjab, Sindh, Kerala,
Gujarat, Maharashtra, Tamil Nadu, West Bengal, Uttar Pradesh, Karnataka, Bavaria, Saxony, Catalonia, Andalusia, Tuscany,
Sicily, Sardinia, Lombardy, Normandy, Brittany, Provence, Burgundy, Flanders, Transylvania, Anatolia, Yorkshire, Lancashire,
Cornwall, Devon, Kent, Sussex, Essex, Surrey, Norfolk, Suffolk, Cumbria, Merseyside, Hokkaido, Okinawa, Java, Sumatra, Bali,
Borneo, Crete, Corsica, Zanzibar, Atlantic, Atlantic Ocean, Pacific, Pacific Ocean, Indian Ocean, Mediterranean, Baltic,
Black Sea, Red Sea, Caspian Sea, Gulf of Mexico, Persian Gulf, Alps, Himalayas, Rocky Mountains, Andes, Amazon, Nile, Danube,
Rhine, Thames, Mississippi River, Manhattan, Brooklyn, Queens, Bronx, Harlem, Hollywood, Silicon Valley, Long Island,
Cape Cod, Bay Area, Wall Street, Times Square, Las Vegas, NYC, LA, L.A., SF, DC, D.C.
`
  .split(",")
  .map((name) => name.trim());
