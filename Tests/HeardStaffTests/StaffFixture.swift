import HeardStaff

/// A firm with people of three languages.
func firm() throws -> StaffDirectory {
  try StaffDirectory.read(file: "staff.yaml", text: firmText).directory
}

let firmText = """
  staff: heard/1
  teams:
  - {id: counter, name: Counter, lead: lead, queue: staff-counter}
  - {id: field, name: Field service, lead: head}
  people:
  - {id: head, name: Maria van Dijk, role: head of service}
  - {id: lead, name: Tomasz Zając, role: team lead, team: counter, manager: head}
  - {id: anna, name: Anna Kowalska, role: konsultantka, team: counter}
  - {id: jank, name: Jan Kowalski, role: konsultant, team: counter}
  - {id: nowak, name: Piotr Nowak, team: counter, gender: m}
  - {id: nowakowa, name: Ewa Nowak, team: counter, gender: f}
  - {id: zielinska, name: Katarzyna Zielińska, aliases: [Kasia Zielińska], team: counter}
  - {id: dudek, name: Marek Dudek, team: counter}
  - {id: sikora, name: Paweł Sikora, team: counter}
  - {id: berg, name: Jan van den Berg, team: field}
  - {id: jdv, name: Sanne Jansen-de Vries, team: field}
  - {id: jansen, name: Petra Jansen, team: field, gender: f}
  - {id: kevin, name: Kevin Bakker, team: field}
  - {id: tveld, name: "Els in 't Veld", team: field}
  - {id: oneill, name: Hugh O'Neill, team: field, gender: m}
  - {id: whit, name: Margaret Whitcombe, team: field, gender: f}
  - {id: radek, name: Radosław Wróbel, team: counter}
  """
