"""Countries (ISO 3166-1, short English names) and states (US Postal Service) that an address may name."""

_COUNTRIES = """
AF Afghanistan; AL Albania; DZ Algeria; AS American Samoa; AD Andorra; AO Angola; AI Anguilla; AQ Antarctica;
AG Antigua and Barbuda; AR Argentina; AM Armenia; AW Aruba; AU Australia; AT Austria; AZ Azerbaijan;
BS Bahamas (The); BH Bahrain; BD Bangladesh; BB Barbados; BY Belarus; BE Belgium; BZ Belize; BJ Benin;
BM Bermuda; BT Bhutan; BO Bolivia; BQ Bonaire, Sint Eustatius and Saba; BA Bosnia and Herzegovina; BW Botswana;
BV Bouvet Island; BR Brazil; IO British Indian Ocean Territory; BN Brunei; BG Bulgaria; BF Burkina Faso;
BI Burundi; CV Cabo Verde; KH Cambodia; CM Cameroon; CA Canada; KY Cayman Islands; CF Central African Republic;
TD Chad; CL Chile; CN China; CX Christmas Island; CC Cocos (Keeling) Islands; CO Colombia; KM Comoros;
CG Congo; CK Cook Islands; CR Costa Rica; HR Croatia; CU Cuba; CW Curaçao; CY Cyprus; CZ Czechia;
CI Côte d'Ivoire; CD Democratic Republic of the Congo; DK Denmark; DJ Djibouti; DM Dominica;
DO Dominican Republic; EC Ecuador; EG Egypt; SV El Salvador; GQ Equatorial Guinea; ER Eritrea; EE Estonia;
SZ Eswatini; ET Ethiopia; FK Falkland Islands (Malvinas); FO Faroe Islands; FJ Fiji; FI Finland; FR France;
GF French Guiana; PF French Polynesia; TF French Southern Territories; GA Gabon; GM Gambia; GE Georgia;
DE Germany; GH Ghana; GI Gibraltar; GR Greece; GL Greenland; GD Grenada; GP Guadeloupe; GU Guam; GT Guatemala;
GG Guernsey; GN Guinea; GW Guinea-Bissau; GY Guyana; HT Haiti; HM Heard Island and McDonald Islands;
HN Honduras; HK Hong Kong; HU Hungary; IS Iceland; IN India; ID Indonesia; IR Iran; IQ Iraq; IE Ireland;
IM Isle of Man; IL Israel; IT Italy; JM Jamaica; JP Japan; JE Jersey; JO Jordan; KZ Kazakhstan; KE Kenya;
KI Kiribati; KW Kuwait; KG Kyrgyzstan; LA Laos; LV Latvia; LB Lebanon; LS Lesotho; LR Liberia; LY Libya;
LI Liechtenstein; LT Lithuania; LU Luxembourg; MO Macao; MG Madagascar; MW Malawi; MY Malaysia; MV Maldives;
ML Mali; MT Malta; MH Marshall Islands; MQ Martinique; MR Mauritania; MU Mauritius; YT Mayotte; MX Mexico;
FM Micronesia; MD Moldova; MC Monaco; MN Mongolia; ME Montenegro; MS Montserrat; MA Morocco; MZ Mozambique;
MM Myanmar; NA Namibia; NR Naoero; NP Nepal; NL Netherlands; NC New Caledonia; NZ New Zealand; NI Nicaragua;
NE Niger; NG Nigeria; NU Niue; NF Norfolk Island; KP North Korea; MK North Macedonia;
MP Northern Mariana Islands; NO Norway; OM Oman; PK Pakistan; PW Palau; PS Palestine; PA Panama;
PG Papua New Guinea; PY Paraguay; PE Peru; PH Philippines; PN Pitcairn; PL Poland; PT Portugal; PR Puerto Rico;
QA Qatar; RO Romania; RU Russia; RW Rwanda; RE Réunion; BL Saint Barthélemy; SH Saint Helena;
KN Saint Kitts and Nevis; LC Saint Lucia; MF Saint Martin (French part); PM Saint Pierre and Miquelon;
VC Saint Vincent and the Grenadines; WS Samoa; SM San Marino; ST Sao Tome and Principe; SA Saudi Arabia;
SN Senegal; RS Serbia; SC Seychelles; SL Sierra Leone; SG Singapore; SX Sint Maarten (Dutch part); SK Slovakia;
SI Slovenia; SB Solomon Islands; SO Somalia; ZA South Africa; GS South Georgia; KR South Korea; SS South Sudan;
ES Spain; LK Sri Lanka; SD Sudan; SR Suriname; SJ Svalbard and Jan Mayen; SE Sweden; CH Switzerland; SY Syria;
TW Taiwan; TJ Tajikistan; TZ Tanzania; TH Thailand; TL Timor-Leste; TG Togo; TK Tokelau; TO Tonga;
TT Trinidad and Tobago; TN Tunisia; TM Turkmenistan; TC Turks and Caicos Islands; TV Tuvalu; TR Türkiye;
UG Uganda; UA Ukraine; AE United Arab Emirates; GB United Kingdom; UM United States Minor Outlying Islands;
US United States of America; UY Uruguay; UZ Uzbekistan; VU Vanuatu; VA Vatican City; VE Venezuela; VN Vietnam;
VG Virgin Islands (British); VI Virgin Islands (U.S.); WF Wallis and Futuna; EH Western Sahara; YE Yemen;
ZM Zambia; ZW Zimbabwe; AX Åland Islands
"""

_STATES = """
AL Alabama; AK Alaska; AS American Samoa; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut;
DE Delaware; DC District of Columbia; FL Florida; GA Georgia; GU Guam; HI Hawaii; ID Idaho; IL Illinois;
IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; ME Maine; MD Maryland; MA Massachusetts;
MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire;
NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; MP Northern Mariana Islands;
OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; PR Puerto Rico; RI Rhode Island; SC South Carolina;
SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VI Virgin Islands; VA Virginia; WA Washington;
WV West Virginia; WI Wisconsin; WY Wyoming; XX Outside the United States
"""


def _table(text: str) -> dict[str, str]:
    """{code: name} from "AA Name; BB Name", in the order written."""
    pairs = (item.split(maxsplit=1) for item in text.split(";"))
    return {code: name.replace("\n", " ").strip() for code, name in pairs}


COUNTRIES = _table(_COUNTRIES)
STATES = _table(_STATES)
OUTSIDE_UNITED_STATES = "XX"
