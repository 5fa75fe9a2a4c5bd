import type { Random } from "../../server/primitives/random.ts";

export type Person = { externalId: string; name: string; email: string; country: string };

const GIVEN =
  "Aarav Aditi Akash Amrita Ananya Anil Anjali Arjun Arun Bhavna Chitra Deepa Dev Divya Esha Farhan Gauri Harish Imran Ishaan Jaya Kabir Kavita Kiran Lakshmi Leela Madhav Manish Meera Mohan Nandini Neha Nikhil Nisha Padma Pooja Pranav Priya Rahul Rajesh Ravi Rhea Rohan Sana Sandeep Sanjay Shreya Simran Sunita Suresh Swati Tanvi Tara Uma Varun Vidya Vikram Vivek Yash Zoya".split(
    " ",
  );
const FAMILY =
  "Agarwal Bajaj Banerjee Bhat Bose Chatterjee Chauhan Desai Deshpande Dutta Fernandes Ghosh Gill Gupta Hegde Iyer Jain Joshi Kapoor Kaur Khan Kulkarni Kumar Mehta Menon Mishra Mukherjee Nair Naidu Narayan Pandey Patel Pillai Qureshi Rao Rathore Reddy Saxena Sen Shah Sharma Shetty Siddiqui Singh Sinha Srinivasan Thakur Trivedi Varma Verma".split(
    " ",
  );
const ABROAD: readonly (readonly [country: string, given: string, family: string])[] = [
  ["US", "Emily", "Carter"],
  ["US", "Michael", "Nguyen"],
  ["US", "Priyanka", "Rao-Miller"],
  ["GB", "Oliver", "Bennett"],
  ["GB", "Amara", "Okafor"],
  ["GB", "Siân", "Hughes"],
  ["DE", "Jürgen", "Weiß"],
  ["DE", "Lena", "Hoffmann"],
  ["FR", "Chloé", "Lefèvre"],
  ["AE", "Fatima", "Al Mansoori"],
  ["AE", "Yusuf", "Rahman"],
  ["SG", "Wei Ling", "Tan"],
  ["SG", "Arvind", "Subramaniam"],
  ["JP", "Haruka", "Sato"],
  ["BR", "João", "Oliveira"],
  ["CA", "Noah", "Tremblay"],
  ["AU", "Grace", "O’Connor"],
  ["NL", "Sanne", "de Vries"],
  ["KE", "Wanjiru", "Kamau"],
  ["MX", "Lucía", "Hernández"],
  ["IE", "Aoife", "Byrne"],
  ["SE", "Åsa", "Lindqvist"],
];
const ABROAD_SHARE = 0.09;

/** So many customers with names of their own; the first is the one whose screen the demo opens. */
export function createPeople(random: Random, count: number): Person[] {
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index): Person => {
    const [country, given, family] = index === 0 ? (["IN", "Asha", "Menon"] as const) : nameOf(random);
    const mailbox = mailboxOf(given, family, taken);
    return {
      externalId: `cust-${1001 + index}`,
      name: `${given} ${family}`,
      email: `${mailbox}@example.com`,
      country,
    };
  });
}

function nameOf(random: Random): readonly [country: string, given: string, family: string] {
  if (random.chance(ABROAD_SHARE)) return random.pick(ABROAD);
  return ["IN", random.pick(GIVEN), random.pick(FAMILY)];
}

function mailboxOf(given: string, family: string, taken: Set<string>): string {
  const plain = `${given}.${family}`
    .normalize("NFD")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z.]/g, "");
  let mailbox = plain;
  for (let again = 2; taken.has(mailbox); again++) mailbox = `${plain}${again}`;
  taken.add(mailbox);
  return mailbox;
}
