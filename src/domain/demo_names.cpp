#include "domain/demo_names.h"

#include <array>

namespace anteroom::domain::demo {
namespace {

using Names = std::string_view;

constexpr Names kSahelF[] = {
    "Fatoumata", "Aminata", "Hawa", "Bintou", "Mariam", "Aïssata", "Kadiatou", "Oumou", "Rokia", "Awa"};
constexpr Names kSahelM[] = {
    "Ousmane", "Ibrahim", "Moussa", "Amadou", "Seydou", "Boubacar", "Mamadou", "Cheick", "Modibo", "Lassana"};
constexpr Names kSahelN[] = {"Keita", "Traoré", "Diallo", "Conté", "Sissoko", "Camara", "Diarra", "Diakité",
    "Coulibaly", "N'Diaye", "N'Guessan", "Sangaré"};

constexpr Names kGuineaF[] = {"Adwoa", "Chiamaka", "Ngozi", "Abena", "Folasade", "Efua", "Nkechi", "Akosua"};
constexpr Names kGuineaM[] = {"Kwame", "Chidi", "Emeka", "Kofi", "Babatunde", "Yaw", "Olúṣẹ́gun", "Kwabena"};
constexpr Names kGuineaN[] = {"Mensah", "Okafor", "Owusu", "Adéyẹmí", "Boateng", "Eze", "Nwosu", "Asante", "Okonkwo"};

constexpr Names kSpanishF[] = {
    "Lucía", "Sofía", "María José", "Ximena", "Inés", "Rocío", "Begoña", "Concepción", "Paula", "Marisol"};
constexpr Names kSpanishM[] = {
    "Andrés", "Íñigo", "José Luis", "Martín", "Ángel", "Joaquín", "Rubén", "Matías", "Óscar", "Tomás"};
constexpr Names kSpanishN[] = {
    "Herrera", "Delgado", "Núñez", "Ibáñez", "Peña", "Gutiérrez", "de la Cruz", "Ordóñez", "Vázquez", "Zúñiga"};

constexpr Names kPortugueseF[] = {"Conceição", "Inês", "Beatriz", "Graça", "Luísa", "Assunção", "Fátima", "Margarida"};
constexpr Names kPortugueseM[] = {"João", "Pedro", "Luís", "Simão", "António", "Estêvão", "Rui", "Gonçalo"};
constexpr Names kPortugueseN[] = {
    "Pereira", "Alves", "Gonçalves", "dos Santos", "Magalhães", "Guimarães", "Simões", "Araújo"};

constexpr Names kFrenchF[] = {"Léa", "Chloé", "Anaïs", "Françoise", "Zoé", "Hélène", "Maëlle", "Noémie"};
constexpr Names kFrenchM[] = {"Benoît", "François", "Loïc", "Jérôme", "Étienne", "Cédric", "Théo", "Raphaël"};
constexpr Names kFrenchN[] = {
    "Fontaine", "Lefèvre", "D'Arcy", "Géraud", "Bélanger", "Châtelain", "L'Hermitte", "Prévost"};

constexpr Names kEastAfricaF[] = {"Grace Achieng", "Wanjiru", "Amina", "Zawadi", "Nyambura", "Hodan", "Neema", "Selam"};
constexpr Names kEastAfricaM[] = {"Yusuf", "Otieno", "Abdi", "Tesfaye", "Juma", "Kiprono", "Baraka", "Dawit"};
constexpr Names kEastAfricaN[] = {
    "Otieno", "Abdi", "Kimani", "Mwangi", "Haile", "Warsame", "Nyong'o", "Ng'ang'a", "Odhiambo"};

constexpr Names kArabicF[] = {"فاطمة", "مريم", "ليلى", "زينب", "نور", "هدى", "سلمى"};
constexpr Names kArabicM[] = {"محمد", "أحمد", "يوسف", "خالد", "عمر", "إبراهيم", "حسن"};
constexpr Names kArabicN[] = {"الحداد", "النجار", "بن يوسف", "العلوي", "المصري", "الخطيب", "عبد الله"};

constexpr Names kSouthAsiaF[] = {"Priya", "Maryam", "Lakshmi", "Ayesha", "Sunita", "Nasreen", "Meera", "Parveen"};
constexpr Names kSouthAsiaM[] = {"Ravi Shankar", "Arjun", "Imran", "Suresh", "Farhan", "Vikram", "Anil", "Tariq"};
constexpr Names kSouthAsiaN[] = {"Iyer", "Haidari", "D'Souza", "Chowdhury", "Rahman", "Krishnan", "Patel", "Siddiqui"};

constexpr Names kEuropeF[] = {"Anna", "Łucja", "Siobhán", "Þóra", "Jarmila", "Růžena", "Zsófia", "Åsa", "Şeyma"};
constexpr Names kEuropeM[] = {"Łukasz", "Seán", "Jürgen", "Bjørn", "Miloš", "Győző", "Ján", "Çağrı"};
constexpr Names kEuropeN[] = {
    "Kowalczyk", "O'Brien", "Müller", "Østergård", "Dvořák", "Szabó", "Strauß", "Yıldırım", "Đorđević"};

constexpr Names kEastAsiaF[] = {"Mei Ling", "Thị Hạnh", "Xiu Ying", "Soo-jin", "Yuki"};
constexpr Names kEastAsiaM[] = {"Wei", "Văn Đức", "Jian", "Min-ho", "Kenji"};
constexpr Names kEastAsiaN[] = {"Ng", "Nguyễn", "Wang", "Kim", "Saitō", "Trần"};

constexpr Names kSouthernF[] = {"Thandiwe", "Nomvula", "Lerato", "Rutendo", "Chipo"};
constexpr Names kSouthernM[] = {"Sipho", "Tendai", "Themba", "Kagiso", "Farai"};
constexpr Names kSouthernN[] = {"Nkosi", "Dlamini", "Moyo", "Mokoena", "van der Merwe"};

constexpr Names kSingleF[] = {"Wulandari", "Sukarti", "Dewi", "Khin"};
constexpr Names kSingleM[] = {"Suharno", "Budi", "Paijo", "Thant"};

constexpr NamePool kPools[] = {
    {kSahelF, kSahelM, kSahelN},
    {kSahelF, kSahelM, kSahelN},
    {kGuineaF, kGuineaM, kGuineaN},
    {kSpanishF, kSpanishM, kSpanishN},
    {kSpanishF, kSpanishM, kSpanishN},
    {kPortugueseF, kPortugueseM, kPortugueseN},
    {kFrenchF, kFrenchM, kFrenchN},
    {kEastAfricaF, kEastAfricaM, kEastAfricaN},
    {kArabicF, kArabicM, kArabicN},
    {kSouthAsiaF, kSouthAsiaM, kSouthAsiaN},
    {kEuropeF, kEuropeM, kEuropeN},
    {kEastAsiaF, kEastAsiaM, kEastAsiaN},
    {kSouthernF, kSouthernM, kSouthernN},
    {kSingleF, kSingleM, {}},
};

constexpr Names kStreets[] = {"Market Street", "Rue du Puits", "Calle de las Flores", "Old Mill Road", "Rua da Fonte",
    "Station Lane", "Avenida Central", "Chemin des Manguiers", "School Road", "Harbour Street", "Calle 12",
    "شارع النخيل"};
constexpr Names kTowns[] = {"San Rafael", "Santa Lucía", "Bellevue", "Porto Novo Alto", "Kisiwa", "Old Harbour"};
constexpr Names kComplaints[] = {"Fever for three days", "Cough", "Blood pressure check", "Follow-up", "Headache",
    "Stomach pain", "Wound dressing", "Antenatal visit", "Vaccination", "Back pain", "Rash", "Prescription renewal",
    "Sore throat", "Earache"};
constexpr Names kAllergens[] = {
    "Penicillin", "Sulfonamides", "Peanut", "Aspirin", "Latex", "Ibuprofen", "Bee venom", "Iodine contrast"};

} // namespace

std::span<const NamePool> namePools()
{
    return kPools;
}
std::span<const std::string_view> streets()
{
    return kStreets;
}
std::span<const std::string_view> towns()
{
    return kTowns;
}
std::span<const std::string_view> complaints()
{
    return kComplaints;
}
std::span<const std::string_view> allergens()
{
    return kAllergens;
}

} // namespace anteroom::domain::demo
